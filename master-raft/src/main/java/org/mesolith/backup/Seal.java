package org.mesolith.backup;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * How the chunks of a backup are closed, so that one that was changed, left out, doubled or moved is noticed.
 *
 * <p>Without a passphrase each chunk carries a SHA-256 over the file's head, its own number, whether it is the last,
 * and its bytes: against accidents. With one it is encrypted and authenticated by AES-256-GCM under a key that
 * PBKDF2-HMAC-SHA-512 makes of the passphrase and a salt of this file; the number of the chunk is the nonce, the head
 * and the last-mark are authenticated with it. One thread.
 */
final class Seal {
    /** What every backup begins with. */
    static final byte[] MAGIC = "MESOLITH-BACKUP\n".getBytes(StandardCharsets.US_ASCII);

    /** Format of the container, in the head. */
    static final int FORMAT = 1;

    /** Rounds of PBKDF2: about half a second. */
    static final int ITERATIONS = 600_000;

    /** More would only keep the reader busy. */
    static final int ITERATIONS_MAX = 100_000_000;

    private static final int SALT_BYTES = 32;
    private static final int KEY_BYTES = 32;
    private static final int PROOF_BYTES = 16;
    private static final int TAG_BITS = 128;
    private static final int PLAIN_TAG_BYTES = 32;

    private final byte[] head;
    private final @Nullable SecretKeySpec key;

    private Seal(byte[] head, @Nullable SecretKeySpec key) {
        this.head = head;
        this.key = key;
    }

    /** For a new file. */
    static Seal make(char @Nullable [] passphrase) {
        if (passphrase == null) {
            return new Seal(head(0, new byte[0], new byte[0]), null);
        }
        var salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        var derived = derive(passphrase, salt, ITERATIONS);
        return new Seal(head(ITERATIONS, salt, proof(derived)), key(derived));
    }

    /** For a file that is read: takes its head from the stream. */
    static Seal open(DataInputStream input, char @Nullable [] passphrase) throws IOException {
        var magic = input.readNBytes(MAGIC.length);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new BackupRefusedException("this is no backup of Mesolith: it does not begin like one");
        }
        int format = input.readInt();
        if (format != FORMAT) {
            throw new BackupRefusedException("the backup has container format " + format + ", this version reads "
                    + FORMAT + "; use the version that made it, or a newer one");
        }
        int iterations = input.readInt();
        if (iterations == 0) {
            return new Seal(head(0, new byte[0], new byte[0]), null);
        }
        if (iterations < 0 || iterations > ITERATIONS_MAX) {
            throw new BackupRefusedException("the head of the backup is damaged");
        }
        if (passphrase == null) {
            throw new BackupRefusedException(
                    "the backup is encrypted; give the file with its passphrase: --passphrase-file FILE");
        }
        var salt = new byte[SALT_BYTES];
        input.readFully(salt);
        var proof = new byte[PROOF_BYTES];
        input.readFully(proof);
        var derived = derive(passphrase, salt, iterations);
        if (!MessageDigest.isEqual(proof, proof(derived))) {
            throw new BackupRefusedException(
                    "the passphrase does not fit this backup (or the first bytes of the backup are damaged)");
        }
        return new Seal(head(iterations, salt, proof), key(derived));
    }

    byte[] head() {
        return head.clone();
    }

    boolean encrypts() {
        return key != null;
    }

    /** Bytes that a closed chunk is longer than its content. */
    int overhead() {
        return key == null ? PLAIN_TAG_BYTES : TAG_BITS / Byte.SIZE;
    }

    /** Content and tag. */
    byte[] close(byte[] content, int length, long number, boolean last) {
        try {
            if (key != null) {
                return cipher(Cipher.ENCRYPT_MODE, number, last).doFinal(content, 0, length);
            }
            var closed = Arrays.copyOf(content, length + PLAIN_TAG_BYTES);
            var tag = plainTag(content, length, number, last);
            System.arraycopy(tag, 0, closed, length, tag.length);
            return closed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java cannot seal a backup", impossible);
        }
    }

    /** The content of a chunk, or null when it is not what was closed at this place. */
    byte @Nullable [] open(byte[] closed, long number, boolean last) {
        try {
            if (key != null) {
                return cipher(Cipher.DECRYPT_MODE, number, last).doFinal(closed);
            }
            int length = closed.length - PLAIN_TAG_BYTES;
            var tag = Arrays.copyOfRange(closed, length, closed.length);
            return MessageDigest.isEqual(tag, plainTag(closed, length, number, last))
                    ? Arrays.copyOf(closed, length)
                    : null;
        } catch (AEADBadTagException changed) {
            return null;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java cannot open a backup", impossible);
        }
    }

    private Cipher cipher(int mode, long number, boolean last) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        // The key belongs to this file alone, so the number of the chunk is never used twice with it.
        var nonce = ByteBuffer.allocate(12).putInt(last ? 1 : 0).putLong(number).array();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(head);
        return cipher;
    }

    private byte[] plainTag(byte[] content, int length, long number, boolean last) {
        var digest = Sha256.make();
        digest.update(head);
        digest.update(
                ByteBuffer.allocate(12).putInt(last ? 1 : 0).putLong(number).array());
        digest.update(content, 0, length);
        return digest.digest();
    }

    private static byte[] head(int iterations, byte[] salt, byte[] proof) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(MAGIC);
        bytes.writeBytes(
                ByteBuffer.allocate(8).putInt(FORMAT).putInt(iterations).array());
        bytes.writeBytes(salt);
        bytes.writeBytes(proof);
        return bytes.toByteArray();
    }

    /** Key and proof out of one block of SHA-512: the proof says nothing about the key. */
    private static byte[] derive(char[] passphrase, byte[] salt, int iterations) {
        var spec = new PBEKeySpec(passphrase, salt, iterations, (KEY_BYTES + PROOF_BYTES) * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java has no PBKDF2 with HMAC-SHA-512", impossible);
        } finally {
            spec.clearPassword();
        }
    }

    private static SecretKeySpec key(byte[] derived) {
        return new SecretKeySpec(derived, 0, KEY_BYTES, "AES");
    }

    private static byte[] proof(byte[] derived) {
        return Arrays.copyOfRange(derived, KEY_BYTES, KEY_BYTES + PROOF_BYTES);
    }
}
