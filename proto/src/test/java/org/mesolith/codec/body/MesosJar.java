package org.mesolith.codec.body;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The jar that Mesos 1.11.0 published, with the protobuf runtime it was made for, in a class loader of its own: the
 * build puts both into {@code target/mesos-jar}.
 */
final class MesosJar implements AutoCloseable {
    private static final Path DIRECTORY = Path.of("target", "mesos-jar");
    private static final Set<String> OURS_BESIDE_IT =
            Set.of(BesideMesos.class.getName(), RandomMessages.class.getName());

    private final Loader loader;
    private final Class<?> beside;

    MesosJar() throws IOException {
        var jars = new ArrayList<URL>();
        try (var files = Files.newDirectoryStream(DIRECTORY, "*.jar")) {
            for (var file : files) {
                jars.add(url(file));
            }
        }
        jars.add(BesideMesos.class.getProtectionDomain().getCodeSource().getLocation());
        loader = new Loader(jars);
        try {
            beside = loader.loadClass(BesideMesos.class.getName());
        } catch (ClassNotFoundException missing) {
            throw new IOException("the tests' own classes are not where they were loaded from: " + jars, missing);
        }
    }

    /** A random message of theirs, as bytes. */
    byte[] random(String type, long seed) {
        return (byte[]) call("random", List.of(String.class, long.class), type, seed);
    }

    /** What they write of a message that they read. */
    byte[] readAndWrite(String type, byte[] bytes) {
        return (byte[]) call("readAndWrite", List.of(String.class, byte[].class), type, bytes);
    }

    /** Where their protobuf runtime was loaded from. */
    String runtime() {
        return (String) call("runtime", List.of());
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private Object call(String method, List<Class<?>> types, Object... arguments) {
        try {
            return beside.getMethod(method, types.toArray(new Class<?>[0])).invoke(null, arguments);
        } catch (NoSuchMethodException | IllegalAccessException missing) {
            throw new IllegalStateException(missing);
        } catch (InvocationTargetException failed) {
            throw new AssertionError(
                    method + " of " + List.of(arguments) + " failed on Mesos' side", failed.getCause());
        }
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }

    /** Looks at its own jars first for what must not be shared, and only there. */
    private static final class Loader extends URLClassLoader {
        Loader(List<URL> jars) {
            super("mesos", jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            var outermost = name.split("\\$", 2)[0];
            if (name.startsWith("org.mesolith.") && !OURS_BESIDE_IT.contains(outermost)) {
                throw new ClassNotFoundException(name + " has no place beside Mesos' classes");
            }
            return super.findClass(name);
        }
    }
}
