package dev.ashlar.images.proof.program;

import java.io.IOException;
import java.io.InputStream;

/** Reads files to their end and says what each is; one buffer for all of them. */
public final class ProgramReader {
    private final byte[] buffer = new byte[1 << 16];

    /**
     * Reads all of the content.
     *
     * @param name the last element of its path
     * @param executable whether anyone may execute it: else its name and a {@code #!} mean nothing
     */
    public Program read(String name, boolean executable, InputStream content) throws IOException {
        int length = content.readNBytes(buffer, 0, buffer.length);
        Program named = executable ? ProgramNames.look(name) : Program.NONE;
        if (ElfHeader.isElf(buffer, length)) {
            Program header = Program.ofHeader(ElfHeader.machine(buffer, length), ElfHeader.dynamic(buffer, length));
            return header.or(scan(length, content)).or(named);
        }
        boolean script = executable && length >= 2 && buffer[0] == '#' && buffer[1] == '!';
        Program written = script ? Script.of(buffer, length) : Program.NONE;
        drain(content);
        return written.or(named);
    }

    private Program scan(int first, InputStream content) throws IOException {
        SignatureScan.Cursor cursor = new SignatureScan.Cursor();
        for (int length = first; length > 0; length = content.readNBytes(buffer, 0, buffer.length)) {
            cursor.scan(buffer, length);
        }
        return Signature.judge(cursor.seen());
    }

    private void drain(InputStream content) throws IOException {
        while (content.read(buffer, 0, buffer.length) >= 0) {
            continue; // the reader of the content hashes it
        }
    }
}
