package org.rebill.policy;

/** For which calls a policy is, the widest first: of those that say something the last goes before the others. */
public enum PolicyScope {
    /** All calls with the outside. */
    FIRM,
    /** Those of one place's phone systems. */
    SITE,
    /** Those of a group of people. */
    GROUP,
    /** Those of one person. */
    PERSON,
    /** Those of one telephone. */
    EXTENSION,
    /** Those with one class of numbers. */
    NUMBER_CLASS
}
