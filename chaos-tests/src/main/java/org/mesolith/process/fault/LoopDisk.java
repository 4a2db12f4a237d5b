package org.mesolith.process.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.mesolith.process.Leftovers;

/**
 * A disk of its own for one process: a file system in a file, mounted where the process works. Its power can be cut, so
 * that what was never synced is gone; it can be filled, freed, and made anew. xfs where it can be made, else ext4.
 * Needs root. One thread.
 */
public final class LoopDisk {
    private static final long MEGABYTE = 1L << 20;
    /** The least that xfs takes is 300. */
    private static final long BYTES = 512 * MEGABYTE;

    private static final String FILLER = "filler";
    private static final int BLOCK = 4096;

    private final Path image;
    private final Path place;

    private LoopDisk(Path image, Path place) {
        this.image = image;
        this.place = place;
    }

    /** Why no such disk can be made here, in a directory like this one; the empty text if one was made for a trial. */
    public static String unmet(Path directory) {
        if (!Tool.isRoot()) {
            return "mounting a file system needs root";
        }
        if (!Tool.exists("mkfs.xfs") && !Tool.exists("mkfs.ext4")) {
            return "neither mkfs.xfs (xfsprogs) nor mkfs.ext4 (e2fsprogs) is installed";
        }
        try {
            Path trial = Files.createTempDirectory(directory, "trial-disk");
            try {
                var undo = new UndoList(trial);
                try {
                    make(trial.toRealPath().resolve("image"), trial.toRealPath().resolve("disk"), undo)
                            .cutPower();
                } finally {
                    undo.undo();
                }
            } finally {
                Leftovers.delete(trial);
            }
            return "";
        } catch (IOException | IllegalStateException refused) {
            return "a file system in a file cannot be mounted and switched off here: " + refused.getMessage();
        }
    }

    /**
     * Makes one and mounts it.
     *
     * @param image the file, which is new; takes only the room that is used
     * @param place where it is mounted
     */
    public static LoopDisk make(Path image, Path place, UndoList undo) throws IOException {
        Files.createDirectories(place);
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(BYTES);
        }
        var disk = new LoopDisk(image, place);
        disk.format();
        undo.mounting(place);
        disk.mount();
        return disk;
    }

    /** The kind of file system that is made here. */
    public static String kind() {
        return Tool.exists("mkfs.xfs") ? "xfs" : "ext4";
    }

    /** Where it is mounted. */
    public Path place() {
        return place;
    }

    private void format() throws IOException {
        switch (kind()) {
            case "xfs" -> Tool.run("mkfs.xfs", "-q", "-f", image.toString());
            default -> Tool.run("mkfs.ext4", "-q", "-F", image.toString());
        }
    }

    private void mount() throws IOException {
        Tool.run("mount", "-o", "loop", image.toString(), place.toString());
        Files.deleteIfExists(place.resolve("lost+found"));
    }

    /** From now on nothing reaches it; what was synced before is there when the power comes back, the rest is gone. */
    public void cutPower() {
        FileSystemSwitch.off(place);
    }

    /** Mounts it again: the file system repairs itself from its journal. Nobody may work there. */
    public void restorePower() throws IOException {
        Tool.run("umount", place.toString());
        mount();
    }

    /** Makes it empty, as a new disk is. Nobody may work there. */
    public void replace() throws IOException {
        Tool.run("umount", place.toString());
        format();
        mount();
    }

    /** Fills it until only so many bytes are free. */
    public void fill(long bytesFree) throws IOException {
        FileStore store = Files.getFileStore(place);
        long wanted = store.getUsableSpace() - bytesFree - 4 * MEGABYTE;
        Path filler = place.resolve(FILLER);
        if (wanted > 0) {
            long length = (Files.exists(filler) ? Files.size(filler) : 0) + wanted;
            Tool.run("fallocate", "-l", Long.toString(length), filler.toString());
        }
        var block = new byte[BLOCK];
        try (var out = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (store.getUsableSpace() > bytesFree) {
                out.write(block);
            }
        } catch (IOException full) {
            if (store.getUsableSpace() > Math.max(bytesFree, MEGABYTE)) {
                throw full;
            }
        }
    }

    /** Gives back what was filled. */
    public void free() throws IOException {
        Files.deleteIfExists(place.resolve(FILLER));
    }
}
