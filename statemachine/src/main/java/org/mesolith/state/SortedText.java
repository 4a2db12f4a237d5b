package org.mesolith.state;

/** Numbers as texts that sort as the numbers do. */
final class SortedText {
    private static final int HEX_DIGIT_BITS = 4;

    private SortedText() {}

    /** Sixteen hexadecimal digits; of numbers from 0. */
    static String of(long number) {
        var digits = new char[Long.SIZE / HEX_DIGIT_BITS];
        long rest = number;
        for (int i = digits.length - 1; i >= 0; i--) {
            digits[i] = Character.forDigit((int) (rest & 0xf), 16);
            rest >>>= HEX_DIGIT_BITS;
        }
        return new String(digits);
    }
}
