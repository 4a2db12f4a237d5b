package org.mesolith.cli.it;

import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.util.List;

/**
 * A place in the code of the product where a trial wants to be called. No installation holds anything of this: the call
 * is put in while the class is loaded.
 *
 * @param type full name of the class
 * @param method its name; with the type of the argument it must name one method
 * @param argument which one is handed to the trial, from 0
 * @param argumentType full name of its type
 * @param exit false: before the first instruction; true: before each return
 */
public record HookPlace(String type, String method, int argument, String argumentType, boolean exit) {
    static HookPlace entry(String type, String method, int argument, String argumentType) {
        return new HookPlace(type, method, argument, argumentType, false);
    }

    static HookPlace exit(String type, String method, int argument, String argumentType) {
        return new HookPlace(type, method, argument, argumentType, true);
    }

    /** The class as the JVM names it. */
    String internalName() {
        return type.replace('.', '/');
    }

    /** Whether this is the method that is meant. */
    boolean isIn(MethodModel model) {
        var parameters = model.methodTypeSymbol().parameterList();
        return model.methodName().equalsString(method)
                && argument < parameters.size()
                && parameters.get(argument).descriptorString().equals("L" + argumentType.replace('.', '/') + ";");
    }

    /** What stands against it, or the empty text. */
    String problem(ClassModel model) {
        List<MethodModel> found = model.methods().stream().filter(this::isIn).toList();
        if (found.size() == 1) {
            return "";
        }
        return "the class " + type + " has " + (found.isEmpty() ? "no method " : found.size() + " methods ") + method
                + " whose argument " + argument + " is a " + argumentType
                + "; it was changed, so say in DeliveryStep or DeliveryNote where that step is now";
    }
}
