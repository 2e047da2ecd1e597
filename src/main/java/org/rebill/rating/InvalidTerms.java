package org.rebill.rating;

import java.util.List;
import java.util.stream.Collectors;

/** Terms that can't be agreed on: tells everything that is wrong with them at once. */
public final class InvalidTerms extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    InvalidTerms(List<Problem> problems) {
        super(problems.stream().map(Problem::text).collect(Collectors.joining(" ")));
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order of the fields. */
    public List<Problem> problems() {
        return problems;
    }
}
