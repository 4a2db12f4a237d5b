package org.mesolith.codec.body;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one JSON value that is neither object nor array as the value of a field. Adds a problem if it does not fit. */
final class JsonScalars {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,6})?");
    private static final BigInteger UINT64_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    private static final int WHOLE_DIGITS_MAX = 20;
    private static final Map<String, Double> SPECIAL_REALS =
            Map.of("Infinity", Double.POSITIVE_INFINITY, "-Infinity", Double.NEGATIVE_INFINITY, "NaN", Double.NaN);

    private final JsonParser json;
    private final CodecLimits limits;
    private final ShapeErrors errors;

    JsonScalars(JsonParser json, CodecLimits limits, ShapeErrors errors) {
        this.json = json;
        this.limits = limits;
        this.errors = errors;
    }

    /** The value in the type that protobuf wants for this field, or null: unset, with or without a problem. */
    @Nullable
    Object read(FieldDescriptor field, Path at) throws IOException {
        return switch (field.getJavaType()) {
            case INT, LONG -> whole(field, at);
            case DOUBLE -> real(field, at);
            case FLOAT -> narrowed(real(field, at));
            case BOOLEAN -> bool(field, at);
            case STRING -> string(field, at);
            case BYTE_STRING -> bytes(field, at);
            case ENUM -> enumValue(field, at);
            case MESSAGE -> mismatch(field, at);
        };
    }

    /** Says that what is there is of the wrong kind. */
    @Nullable
    Object mismatch(FieldDescriptor field, Path at) {
        errors.add(at, "is " + kind(json.currentToken()) + ", expected " + expected(field));
        return null;
    }

    private static @Nullable Float narrowed(@Nullable Object real) {
        return real instanceof Double number ? Float.valueOf(number.floatValue()) : null;
    }

    private @Nullable Object whole(FieldDescriptor field, Path at) throws IOException {
        var text = numberText(field, at);
        if (text == null) {
            return null;
        }
        var range = WholeRange.of(field);
        var number = new BigDecimal(text);
        if (number.signum() == 0) {
            return range.box(BigInteger.ZERO);
        }
        // Compared before it is written out: 1e999999 has a million digits.
        if (number.precision() - (long) number.scale() > WHOLE_DIGITS_MAX) {
            return outOfRange(text, range, at);
        }
        if (number.stripTrailingZeros().scale() > 0) {
            errors.add(at, shortened(text) + " is not a whole number");
            return null;
        }
        var whole = number.toBigInteger();
        return range.contains(whole) ? range.box(whole) : outOfRange(text, range, at);
    }

    private @Nullable Object outOfRange(String text, WholeRange range, Path at) {
        errors.add(at, shortened(text) + " is out of range, allowed is " + range);
        return null;
    }

    private @Nullable Object real(FieldDescriptor field, Path at) throws IOException {
        var special = json.currentToken() == JsonToken.VALUE_STRING ? SPECIAL_REALS.get(json.getText()) : null;
        if (special != null) {
            return special;
        }
        var text = numberText(field, at);
        if (text == null) {
            return null;
        }
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            errors.add(at, shortened(text) + " is out of range of a double");
            return null;
        }
        return number;
    }

    /** The digits of a number, in quotes or not; null with a problem if it is none. */
    private @Nullable String numberText(FieldDescriptor field, Path at) throws IOException {
        var token = json.currentToken();
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            mismatch(field, at);
            return null;
        }
        if (json.getTextLength() > limits.numberCharsMax()) {
            errors.add(
                    at,
                    "is a number of " + json.getTextLength() + " characters, allowed are " + limits.numberCharsMax());
            return null;
        }
        var text = json.getText();
        if (!NUMBER.matcher(text).matches()) {
            errors.add(at, "\"" + shortened(text) + "\" is not a number that fits, expected " + expected(field));
            return null;
        }
        return text;
    }

    private @Nullable Object bool(FieldDescriptor field, Path at) throws IOException {
        var text = json.getText();
        if (!text.equals("true") && !text.equals("false")) {
            return mismatch(field, at);
        }
        return Boolean.valueOf(text);
    }

    private @Nullable Object string(FieldDescriptor field, Path at) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            return mismatch(field, at);
        }
        var text = json.getText();
        if (!isUnicode(text)) {
            errors.add(at, "holds half a surrogate pair (\\ud800 to \\udfff), which is no character");
            return null;
        }
        return text;
    }

    /** False if a surrogate stands alone: JSON can write that, UTF-8 cannot. */
    static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Object bytes(FieldDescriptor field, Path at) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            return mismatch(field, at);
        }
        try {
            return UnsafeByteOperations.unsafeWrap(Base64.getDecoder().decode(json.getText()));
        } catch (IllegalArgumentException e) {
            errors.add(at, "is not base64 (RFC 4648 §4): " + e.getMessage());
            return null;
        }
    }

    private @Nullable Object enumValue(FieldDescriptor field, Path at) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            return mismatch(field, at);
        }
        var value = field.getEnumType().findValueByName(json.getText());
        if (value == null && field.isRequired()) {
            errors.add(at, "\"" + shortened(json.getText()) + "\" is not known, expected " + expected(field));
        }
        return value;
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    /** What a field wants, in words. */
    static String expected(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT, LONG -> "a whole number, " + WholeRange.of(field);
            case DOUBLE, FLOAT -> "a number";
            case BOOLEAN -> "true or false";
            case STRING -> "a string";
            case BYTE_STRING -> "a string of base64";
            case ENUM -> "the name of a value of " + field.getEnumType().getFullName();
            case MESSAGE -> "an object (" + field.getMessageType().getFullName() + ")";
        };
    }

    private static String kind(@Nullable JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case null, default -> "nothing";
        };
    }

    /** The whole numbers that a field can hold. */
    private record WholeRange(BigInteger min, BigInteger max, boolean wide) {
        static WholeRange of(FieldDescriptor field) {
            return switch (field.getType()) {
                case UINT64, FIXED64 -> new WholeRange(BigInteger.ZERO, UINT64_MAX, true);
                case UINT32, FIXED32 -> new WholeRange(BigInteger.ZERO, BigInteger.valueOf(0xFFFF_FFFFL), false);
                case INT32, SINT32, SFIXED32 ->
                    new WholeRange(BigInteger.valueOf(Integer.MIN_VALUE), BigInteger.valueOf(Integer.MAX_VALUE), false);
                default -> new WholeRange(BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE), true);
            };
        }

        boolean contains(BigInteger number) {
            return number.compareTo(min) >= 0 && number.compareTo(max) <= 0;
        }

        /** As protobuf holds it: unsigned numbers wrap into the sign bit. */
        Object box(BigInteger number) {
            return wide ? (Object) number.longValue() : (Object) number.intValue();
        }

        @Override
        public String toString() {
            return min + " to " + max;
        }
    }
}
