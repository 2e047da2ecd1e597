package org.rebill.rating;

/**
 * What is wrong, or unwise, about one field of the terms.
 *
 * @param field component of {@link Terms}
 * @param code stable, for programs, such as {@code increment.range}
 * @param text for people: what is wrong and how to mend it
 */
public record Problem(String field, String code, String text) {}
