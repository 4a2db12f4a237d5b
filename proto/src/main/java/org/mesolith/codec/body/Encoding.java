package org.mesolith.codec.body;

import org.jspecify.annotations.Nullable;

/** The two ways to write a message of the v1 API. */
public enum Encoding {
    JSON("application/json"),
    PROTOBUF("application/x-protobuf");

    private final String contentType;

    Encoding(String contentType) {
        this.contentType = contentType;
    }

    /** As the header {@code Content-Type} names it, without parameters. */
    public String contentType() {
        return contentType;
    }

    /** The encoding of exactly this content type: with a parameter or in other letter case it is none (415). */
    public static @Nullable Encoding ofContentType(String contentType) {
        for (var encoding : values()) {
            if (encoding.contentType.equals(contentType)) {
                return encoding;
            }
        }
        return null;
    }
}
