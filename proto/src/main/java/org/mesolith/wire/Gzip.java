package org.mesolith.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compresses whole answers, where the client wants it; done on the call's own thread. */
final class Gzip {
    /** Smaller bodies are not worth it. Mesos compresses from here, too. */
    static final int BODY_BYTES_MIN = 1024;

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private Gzip() {}

    /** Whether {@code Accept-Encoding} admits gzip: by name, else by {@code *}; a quality of 0 refuses. */
    static boolean accepted(Headers headers) {
        boolean byStar = false;
        for (String element : headers.list("Accept-Encoding")) {
            String[] parts = element.toLowerCase(Locale.ROOT).split(";", -1);
            boolean wanted = true;
            for (int i = 1; i < parts.length; i++) {
                String parameter = parts[i].strip();
                // A quality that is not a number is taken as a refusal: uncompressed is always understood.
                wanted =
                        !parameter.startsWith("q=") || parameter.matches("q=(1(\\.0{0,3})?|0\\.0{0,2}[1-9][0-9]{0,2})");
            }
            String coding = parts[0].strip();
            if (coding.equals("gzip") || coding.equals("x-gzip")) {
                return wanted;
            }
            byStar = byStar || (coding.equals("*") && wanted);
        }
        return byStar;
    }

    /** The answer as it is to be sent to who sent these headers. */
    static HttpAnswer.Full compress(HttpAnswer.Full answer, Headers request) {
        if (!answer.compressible()
                || answer.body().length() < BODY_BYTES_MIN
                || answer.headers().contains("Content-Encoding")) {
            return answer;
        }
        HttpAnswer.Full varied = answer.with("Vary", "Accept-Encoding");
        if (!accepted(request)) {
            return varied;
        }
        Body packed = Body.of(pack(answer.body().bytes()));
        return new HttpAnswer.Full(varied.status(), varied.headers().with("Content-Encoding", "gzip"), packed, false);
    }

    private static byte[] pack(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length / 4 + 64);
        out.writeBytes(HEADER);
        // The fastest level: state as JSON shrinks to a tenth even so, and a slower one costs the master more than the
        // net.
        try (var deflater = new Deflater(Deflater.BEST_SPEED, true)) {
            deflater.setInput(bytes);
            deflater.finish();
            var buffer = new byte[16 << 10];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        var crc = new CRC32();
        crc.update(bytes);
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .putInt(bytes.length)
                .array());
        return out.toByteArray();
    }
}
