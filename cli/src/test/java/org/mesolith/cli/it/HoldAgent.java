package org.mesolith.cli.it;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.mesolith.base.Check;

/** Puts calls of {@link Hold} into classes of the product while they are loaded ({@code -javaagent}). */
public final class HoldAgent implements ClassFileTransformer {
    private static final ClassDesc HOLD = ClassDesc.of("org.mesolith.cli.it.Hold");
    private static final MethodTypeDesc CALL =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_String);

    /**
     * A call that is put in.
     *
     * @param method of {@link Hold}
     * @param name handed to it
     */
    record Hook(HookPlace place, String method, String name) {}

    private final List<Hook> hooks = all();

    private HoldAgent() {}

    /** Called by the JVM before the program; {@code directory} is what stands behind the {@code =}. */
    public static void premain(String directory, Instrumentation instrumentation) {
        System.setProperty(Hold.DIRECTORY, directory);
        instrumentation.addTransformer(new HoldAgent());
    }

    /** Every call that is put in anywhere; notes come before steps, for a held thread has made its notes. */
    static List<Hook> all() {
        var all = new ArrayList<Hook>();
        for (DeliveryNote note : DeliveryNote.values()) {
            all.add(new Hook(note.place(), "noted", note.name()));
        }
        for (DeliveryStep step : DeliveryStep.values()) {
            HookPlace place = step.place();
            if (place != null) {
                all.add(new Hook(place, "reached", step.name()));
            }
        }
        return all;
    }

    /** The jar for {@code -javaagent}: the few classes of the hooks and nothing else. */
    static Path jar(Path file) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), HoldAgent.class.getName());
        var classes = List.of(
                HoldAgent.class.getName(),
                Hook.class.getName(),
                Hooked.class.getName(),
                Hold.class.getName(),
                Hold.class.getName() + "$Armed",
                HookPlace.class.getName(),
                DeliveryNote.class.getName(),
                DeliveryStep.class.getName(),
                DeliveryStep.Side.class.getName());
        try (var out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (String name : classes) {
                String entry = name.replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(entry));
                try (InputStream bytes = Check.present(
                        HoldAgent.class.getClassLoader().getResourceAsStream(entry), "the class " + name)) {
                    bytes.transferTo(out);
                }
            }
        }
        return file;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (name == null || !name.startsWith("org/mesolith/")) {
            return null;
        }
        var here = new ArrayList<Hook>();
        for (Hook hook : hooks) {
            if (hook.place().internalName().equals(name)) {
                here.add(hook);
            }
        }
        try {
            return here.isEmpty() ? null : hooked(bytes, here);
        } catch (RuntimeException | LinkageError failed) {
            // The JVM would not say a word.
            Hold.problem("cannot put hooks into " + name + ": " + failed);
            return null;
        }
    }

    /** The class with the calls in it. */
    static byte[] hooked(byte[] bytes, List<Hook> hooks) {
        var file = ClassFile.of();
        ClassModel model = file.parse(bytes);
        for (Hook hook : hooks) {
            String problem = hook.place().problem(model);
            if (!problem.isEmpty()) {
                throw new IllegalStateException(problem);
            }
        }
        ClassTransform all = (builder, element) -> {
            if (element instanceof MethodModel method) {
                var here =
                        hooks.stream().filter(hook -> hook.place().isIn(method)).toList();
                if (!here.isEmpty()) {
                    builder.transformMethod(
                            method, java.lang.classfile.MethodTransform.transformingCode(new Hooked(here)));
                    return;
                }
            }
            builder.with(element);
        };
        return file.transformClass(model, all);
    }

    /** The code of one method with the calls in it. */
    private record Hooked(List<Hook> hooks) implements CodeTransform {
        @Override
        public void atStart(CodeBuilder code) {
            call(code, false);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (element instanceof ReturnInstruction) {
                call(code, true);
            }
            code.with(element);
        }

        private void call(CodeBuilder code, boolean exit) {
            for (Hook hook : hooks) {
                if (hook.place().exit() == exit) {
                    code.aload(code.parameterSlot(hook.place().argument()))
                            .loadConstant(hook.name())
                            .invokestatic(HOLD, hook.method(), CALL);
                }
            }
        }
    }
}
