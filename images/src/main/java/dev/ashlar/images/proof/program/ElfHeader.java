package dev.ashlar.images.proof.program;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The program headers of an ELF file, which are what the kernel goes by. */
final class ElfHeader {
    private static final int MAGIC = 0x7f454c46;
    private static final int DYNAMIC = 2;
    private static final int INTERPRETER = 3;

    private ElfHeader() {}

    static boolean isElf(byte[] start, int length) {
        return length >= 4 && ByteBuffer.wrap(start).getInt() == MAGIC;
    }

    /** The field {@code e_machine}; 0, which means none, when the file is too short to have it. */
    static int machine(byte[] start, int length) {
        return length < 20 ? 0 : ordered(start, length).getShort(18) & 0xffff;
    }

    private static ByteBuffer ordered(byte[] start, int length) {
        return ByteBuffer.wrap(start, 0, length).order(start[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    /** Why the file needs a loader; a file whose program headers are not near its start is taken for one that does. */
    static Optional<String> dynamic(byte[] start, int length) {
        if (length < 64) {
            return Optional.empty();
        }
        boolean wide = start[4] == 2;
        ByteBuffer elf = ordered(start, length);
        long offset = wide ? elf.getLong(32) : elf.getInt(28) & 0xffffffffL;
        int size = elf.getShort(wide ? 54 : 42) & 0xffff;
        int count = elf.getShort(wide ? 56 : 44) & 0xffff;
        if (count == 0) {
            return Optional.empty();
        }
        if (offset < 0 || offset > length || offset + (long) size * count > length || size < 4) {
            return Optional.of("is an ELF file whose program headers are not at its start");
        }
        for (int i = 0; i < count; i++) {
            int type = elf.getInt((int) offset + i * size);
            if (type == INTERPRETER || type == DYNAMIC) {
                return Optional.of("is a dynamic ELF file");
            }
        }
        return Optional.empty();
    }
}
