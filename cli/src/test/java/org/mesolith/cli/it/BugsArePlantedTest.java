package org.mesolith.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Executable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mesolith.base.Check;

/**
 * Each planted bug still changes the product: a bug whose class, method or call was renamed would be found by nobody
 * and prove nothing.
 */
final class BugsArePlantedTest {

    @ParameterizedTest
    @EnumSource
    void changesCodeThatIsThereAndStillRuns(PlantedBug bug) throws Exception {
        Map<String, byte[]> changed = planted(bug);

        var loader = new Substituting(changed);
        for (String owner : changed.keySet()) {
            byte[] before = original(owner);
            byte[] after = Check.present(changed.get(owner), owner);
            assertThat(after).as(owner).isNotEqualTo(before);
            assertThat(ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                                    ClassHierarchyResolver.ofResourceParsing(loader)))
                            .verify(after))
                    .as(owner)
                    .isEmpty();
            assertThat(missing(after, loader)).as(owner).isEmpty();
            assertThat(Class.forName(owner.replace('/', '.'), true, loader).getClassLoader())
                    .isSameAs(loader);
        }
    }

    @Test
    void aChangeThatFindsNothingToChangeFails() {
        var renamed = new PlantedEdit(
                "org/mesolith/state/rules/StateMachine", "apply", PlantedEdit.without("org/mesolith/Nobody", "calls"));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> renamed.apply(original(renamed.owner())))
                .hasMessageContaining("plant it anew");
    }

    @Test
    void theJarHoldsTheBugsAndNothingElse(@org.junit.jupiter.api.io.TempDir Path directory) throws IOException {
        Path jar = directory.resolve("planted.jar");
        PlantedJar.write(jar);
        try (var entries = new java.util.jar.JarFile(jar.toFile())) {
            assertThat(entries.stream().map(java.util.jar.JarEntry::getName))
                    .contains("org/mesolith/cli/it/PlantedBugs.class", "org/mesolith/cli/it/PlantedBug.class")
                    .allMatch(name -> name.startsWith("META-INF/") || name.startsWith("org/mesolith/cli/it/Planted"));
        }
    }

    private static Map<String, byte[]> planted(PlantedBug bug) throws IOException {
        var changed = new LinkedHashMap<String, byte[]>();
        for (PlantedEdit edit : bug.edits()) {
            byte[] before = changed.get(edit.owner());
            changed.put(edit.owner(), edit.apply(before == null ? original(edit.owner()) : before));
        }
        return changed;
    }

    private static byte[] original(String owner) throws IOException {
        try (InputStream bytes = BugsArePlantedTest.class.getClassLoader().getResourceAsStream(owner + ".class")) {
            return Check.present(bytes, owner + ": the class is gone; plant the bug anew")
                    .readAllBytes();
        }
    }

    /** Methods and fields that the class names and that are not there: the JVM would notice only when it gets there. */
    private static List<String> missing(byte[] bytes, ClassLoader loader) {
        var missing = new TreeSet<String>();
        for (PoolEntry entry : ClassFile.of().parse(bytes).constantPool()) {
            if (entry instanceof MemberRefEntry member
                    && member.owner().asInternalName().startsWith("org/mesolith/")) {
                try {
                    Class<?> owner =
                            Class.forName(member.owner().asInternalName().replace('/', '.'), false, loader);
                    if (!has(owner, member.name().stringValue(), member.type().stringValue())) {
                        missing.add(owner.getName() + "." + member.name().stringValue() + " "
                                + member.type().stringValue());
                    }
                } catch (ClassNotFoundException absent) {
                    missing.add(member.owner().asInternalName());
                }
            }
        }
        return List.copyOf(missing);
    }

    private static boolean has(Class<?> owner, String name, String type) {
        var kin = new ArrayList<Class<?>>();
        for (Class<?> at = owner; at != null; at = at.getSuperclass()) {
            kin.add(at);
        }
        for (int i = 0; i < kin.size(); i++) {
            kin.addAll(List.of(kin.get(i).getInterfaces()));
        }
        kin.add(Object.class);
        return kin.stream().anyMatch(at -> declares(at, name, type));
    }

    private static boolean declares(Class<?> owner, String name, String type) {
        if (!type.startsWith("(")) {
            return Stream.of(owner.getDeclaredFields())
                    .anyMatch(field -> field.getName().equals(name)
                            && field.getType().descriptorString().equals(type));
        }
        Stream<? extends Executable> all = name.equals("<init>")
                ? Stream.of(owner.getDeclaredConstructors())
                : Stream.of(owner.getDeclaredMethods());
        return all.anyMatch(method -> (name.equals("<init>") || method.getName().equals(name))
                && descriptor(method).equals(type));
    }

    private static String descriptor(Executable method) {
        Class<?> answer = method instanceof java.lang.reflect.Method known ? known.getReturnType() : void.class;
        return MethodTypeDesc.of(
                        ClassDesc.ofDescriptor(answer.descriptorString()),
                        Stream.of(method.getParameterTypes())
                                .map(parameter -> ClassDesc.ofDescriptor(parameter.descriptorString()))
                                .toList())
                .descriptorString();
    }

    /** Loads all of the product anew, with some classes changed, of libraries too. */
    private static final class Substituting extends ClassLoader {
        private final Map<String, byte[]> changed;

        Substituting(Map<String, byte[]> changed) {
            super(BugsArePlantedTest.class.getClassLoader());
            this.changed = Map.copyOf(changed);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean ours = name.startsWith("org.mesolith.") && !name.startsWith("org.mesolith.cli.it.");
            if (!ours && !changed.containsKey(name.replace('.', '/'))) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                String owner = name.replace('.', '/');
                try {
                    byte[] bytes = changed.containsKey(owner) ? changed.get(owner) : original(owner);
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException | IllegalStateException absent) {
                    throw new ClassNotFoundException(name, absent);
                }
            }
        }
    }
}
