package org.mesolith.wire;

import java.util.List;
import java.util.Optional;

/** The parameters of a request's query string, percent-decoded, in their order; names compare with case. Immutable. */
public record Query(List<Parameter> parameters) {
    /** No parameters. */
    public static final Query NONE = new Query(List.of());

    /** One parameter; {@code value} is empty where the query has no {@code =}. */
    public record Parameter(String name, String value) {}

    public Query {
        parameters = List.copyOf(parameters);
    }

    /** The value of the first parameter of this name. */
    public Optional<String> first(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    /** The values of all parameters of this name, in order. */
    public List<String> all(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .toList();
    }
}
