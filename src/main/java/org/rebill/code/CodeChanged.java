package org.rebill.code;

/** Happened, in the running transaction: what this code stands for is no longer what it was. */
public record CodeChanged(String code) {}
