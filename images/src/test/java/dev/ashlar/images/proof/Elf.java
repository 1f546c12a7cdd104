package dev.ashlar.images.proof;

/** The least that the kernel takes for an ELF file of 64 bits, each byte a character. */
public final class Elf {
    private Elf() {}

    /** A static program with these bytes in it. */
    public static String plain(String content) {
        return header(0) + content;
    }

    /** A program that asks for a loader. */
    public static String dynamic() {
        return header(1) + "\3\0\0\0" + "\0".repeat(52);
    }

    private static String header(int programHeaders) {
        String start = "\u007fELF\u0002\u0001\u0001" + "\0".repeat(9) + "\u0002\0>\0\u0001\0\0\0" + "\0".repeat(8);
        return start + "@" + "\0".repeat(19) + "@\0" + "8\0" + (char) programHeaders + "\0" + "\0".repeat(6);
    }
}
