package org.mesolith.process.fault;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * Switches a mounted file system off as a power cut does: the call that xfs, ext4 and f2fs have for tests
 * ({@code FS_IOC_SHUTDOWN}, without writing out the journal). {@code xfs_io -x -c shutdown} does the same; this one
 * needs no package. Any thread.
 */
final class FileSystemSwitch {
    /** {@code _IOR('X', 125, __u32)}. */
    private static final long SHUTDOWN = 0x8004587DL;

    private static final int WITHOUT_THE_JOURNAL = 2;
    private static final int READ_ONLY = 0;

    private FileSystemSwitch() {}

    /** @throws IllegalStateException when the file system has no such call, or this user may not make it */
    @SuppressWarnings("restricted") // Three calls of the C library, with arguments that are checked here.
    static void off(Path mounted) {
        var linker = Linker.nativeLinker();
        var library = linker.defaultLookup();
        MethodHandle open = linker.downcallHandle(
                library.findOrThrow("open"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        MethodHandle control = linker.downcallHandle(
                library.findOrThrow("ioctl"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));
        MethodHandle close = linker.downcallHandle(
                library.findOrThrow("close"), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try (var arena = Arena.ofConfined()) {
            MemorySegment how = arena.allocateFrom(ValueLayout.JAVA_INT, WITHOUT_THE_JOURNAL);
            int file = (int) open.invokeExact(arena.allocateFrom(mounted.toString()), READ_ONLY);
            if (file < 0) {
                throw new IllegalStateException("cannot open " + mounted);
            }
            int result = (int) control.invokeExact(file, SHUTDOWN, how);
            int closed = (int) close.invokeExact(file);
            if (result != 0 || closed != 0) {
                throw new IllegalStateException("the file system at " + mounted + " cannot be switched off");
            }
        } catch (IllegalStateException refused) {
            throw refused;
        } catch (Throwable impossible) {
            throw new IllegalStateException("cannot switch off " + mounted, impossible);
        }
    }
}
