package org.rebill.firm;

/**
 * Is about to happen: the firm takes a logo. Whoever prints it may refuse it by a {@code Refusal.Invalid} at the field
 * {@code logo}, so that no statement fails for it later.
 */
public record LogoChosen(Logo logo) {}
