package dev.ashlar.images.proof.untrusted;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** One block of 512 bytes that heads a tar entry, in the POSIX or the GNU format. */
record TarHeader(byte[] block) {
    static final int SIZE = 512;
    private static final int CHECKSUM = 148;

    boolean isZero() {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    void check() throws Malformed {
        String magic = new String(block, 257, 8, StandardCharsets.ISO_8859_1);
        if (!magic.equals("ustar\00000") && !isGnu()) {
            throw new Malformed("is no tar: a header has neither the POSIX nor the GNU mark");
        }
        int sum = 8 * ' ';
        for (int i = 0; i < SIZE; i++) {
            sum += i >= CHECKSUM && i < CHECKSUM + 8 ? 0 : block[i] & 0xff;
        }
        if (number(CHECKSUM, 8) != sum) {
            throw new Malformed("has a tar header with a wrong checksum");
        }
    }

    private boolean isGnu() {
        return new String(block, 257, 8, StandardCharsets.ISO_8859_1).equals("ustar  \0");
    }

    char type() {
        return (char) (block[156] & 0xff);
    }

    long size() throws Malformed {
        return number(124, 12);
    }

    int mode() throws Malformed {
        return (int) (number(100, 8) & 07777);
    }

    String link() throws Malformed {
        return text(157, 100);
    }

    /** The name; only POSIX has a prefix, where GNU keeps times. */
    String name() throws Malformed {
        String prefix = isGnu() ? "" : text(345, 155);
        return prefix.isEmpty() ? text(0, 100) : prefix + "/" + text(0, 100);
    }

    private String text(int offset, int length) throws Malformed {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return utf8(block, offset, end - offset);
    }

    static String utf8(byte[] bytes, int offset, int length) throws Malformed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("has a name that is not UTF-8", e);
        }
    }

    /** Octal digits between spaces or NULs, or GNU's big-endian number behind the byte 0x80. */
    private long number(int offset, int length) throws Malformed {
        if ((block[offset] & 0xff) == 0x80) {
            return binary(offset, length);
        }
        String digits = new String(block, offset, length, StandardCharsets.ISO_8859_1);
        int end = digits.indexOf('\0') < 0 ? length : digits.indexOf('\0');
        String octal = digits.substring(0, end).strip();
        if (!octal.matches("[0-7]*")) {
            throw new Malformed("has a tar header with a broken number");
        }
        return octal.isEmpty() ? 0 : Long.parseLong(octal, 8);
    }

    private long binary(int offset, int length) throws Malformed {
        long value = 0;
        for (int i = offset + 1; i < offset + length; i++) {
            if (value >>> 48 != 0) {
                throw new Malformed("has a tar header with a number beyond reason");
            }
            value = value << 8 | block[i] & 0xff;
        }
        return value;
    }
}
