package org.mesolith.cli.it;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One change of the code of one class, after it was compiled. A change that finds nothing to change fails: what it
 * looked for was renamed, and the bug would not be there.
 *
 * @param owner the class, as {@code org/mesolith/...}
 * @param method every method of this name is looked at
 * @param change what is done to it
 */
record PlantedEdit(String owner, String method, Change change) {

    /** Where the product's classes lie. */
    static final String OURS = "org/mesolith/";

    /** Makes the change of one method; tells {@code found} whenever there was something to change. */
    interface Change {
        CodeTransform of(MethodModel method, Runnable found);
    }

    /** What is put in the place of a call, whose arguments are on the stack. */
    interface Instead {
        void write(CodeBuilder code, InvokeInstruction call);
    }

    /**
     * The class with the change.
     *
     * @throws IllegalStateException when there was nothing to change
     */
    byte[] apply(byte[] bytes) {
        int[] found = {0};
        ClassTransform transform = (builder, element) -> {
            if (element instanceof MethodModel model
                    && model.methodName().equalsString(method)
                    && model.code().isPresent()) {
                builder.transformMethod(model, MethodTransform.transformingCode(change.of(model, () -> found[0]++)));
            } else {
                builder.with(element);
            }
        };
        var file = ClassFile.of();
        byte[] changed = file.transformClass(file.parse(bytes), transform);
        if (found[0] == 0) {
            throw new IllegalStateException(
                    owner + "." + method + " has not got what the planted bug changes; plant it anew");
        }
        return changed;
    }

    /** The whole method is something else. */
    static Change body(Consumer<CodeBuilder> written) {
        return (_, found) -> new CodeTransform() {
            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                // None of it stays.
            }

            @Override
            public void atEnd(CodeBuilder code) {
                found.run();
                written.accept(code);
            }
        };
    }

    /** The method does nothing but to answer this; null also for one that answers nothing. */
    static Change answering(@Nullable ConstantDesc constant) {
        return (method, found) -> body(code -> {
                    TypeKind kind = TypeKind.from(method.methodTypeSymbol().returnType());
                    push(code, kind, constant);
                    code.return_(kind);
                })
                .of(method, found);
    }

    /** This comes before everything else in the method. */
    static Change first(Consumer<CodeBuilder> written) {
        return (_, found) -> new CodeTransform() {
            @Override
            public void atStart(CodeBuilder code) {
                found.run();
                written.accept(code);
            }

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                code.with(element);
            }
        };
    }

    /** Calls of this method become something else. */
    static Change instead(String called, String name, Instead instead) {
        return (_, found) -> (code, element) -> {
            if (element instanceof InvokeInstruction call
                    && call.owner().asInternalName().equals(called)
                    && call.name().equalsString(name)) {
                found.run();
                instead.write(code, call);
            } else {
                code.with(element);
            }
        };
    }

    /** This method is not called; where it answers something, that is null, zero or false. */
    static Change without(String called, String name) {
        return instead(called, name, (code, call) -> {
            MethodTypeDesc type = call.typeSymbol();
            for (int argument = type.parameterCount() - 1; argument >= 0; argument--) {
                pop(code, TypeKind.from(type.parameterType(argument)));
            }
            if (call.opcode() != Opcode.INVOKESTATIC) {
                code.pop();
            }
            push(code, TypeKind.from(type.returnType()), null);
        });
    }

    /** This method is called, and what it answers is taken to be this. */
    static Change hearing(String called, String name, @Nullable ConstantDesc constant) {
        return hearing(
                called,
                name,
                (code, call) -> push(code, TypeKind.from(call.typeSymbol().returnType()), constant));
    }

    /** This method is called, and what it answers is taken to be what is put on the stack instead. */
    static Change hearing(String called, String name, Instead answer) {
        return instead(called, name, (code, call) -> {
            code.with(call);
            pop(code, TypeKind.from(call.typeSymbol().returnType()));
            answer.write(code, call);
        });
    }

    /** What is written into a field is something else. */
    static Change keeping(String field, Consumer<CodeBuilder> value) {
        return (_, found) -> (code, element) -> {
            if (element instanceof FieldInstruction put
                    && put.opcode() == Opcode.PUTFIELD
                    && put.name().equalsString(field)) {
                found.run();
                pop(code, TypeKind.from(put.typeSymbol()));
                value.accept(code);
            }
            code.with(element);
        };
    }

    /** A constant of an enumeration, on the stack. */
    static void constant(CodeBuilder code, String enumeration, String constant) {
        ClassDesc type = type(enumeration);
        code.getstatic(type, constant, type);
    }

    /** The type of this class, given as {@code org/mesolith/...}. */
    static ClassDesc type(String owner) {
        return ClassDesc.ofInternalName(owner);
    }

    private static void pop(CodeBuilder code, TypeKind kind) {
        switch (kind.slotSize()) {
            case 1 -> code.pop();
            case 2 -> code.pop2();
            default -> {
                // Nothing was there.
            }
        }
    }

    private static void push(CodeBuilder code, TypeKind kind, @Nullable ConstantDesc constant) {
        switch (kind) {
            case VOID -> {
                // Nothing is expected.
            }
            case REFERENCE -> {
                if (constant == null) {
                    code.aconst_null();
                } else {
                    code.loadConstant(constant);
                }
            }
            case LONG -> code.loadConstant(constant == null ? 0L : (Long) constant);
            default -> code.loadConstant(constant == null ? 0 : (Integer) constant);
        }
    }
}
