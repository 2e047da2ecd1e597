package org.rebill.pack;

import java.util.List;
import java.util.stream.Collectors;

/** A pack that can't be used as it is. Nothing of it was stored. */
final class BadPack extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<PackProblem> problems;

    BadPack(List<PackProblem> problems) {
        super(problems.stream().map(PackProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    BadPack(PackProblem problem) {
        this(List.of(problem));
    }

    /** At least one. */
    List<PackProblem> problems() {
        return problems;
    }
}
