package org.rebill.policy;

import java.util.UUID;

/**
 * Which calls a policy is for.
 *
 * @param siteId only of SITE and EXTENSION
 * @param groupId only of GROUP
 * @param personId only of PERSON
 * @param extension only of EXTENSION
 * @param numberClass only of NUMBER_CLASS
 */
public record PolicyFor(
        PolicyScope scope, UUID siteId, UUID groupId, UUID personId, String extension, NumberClass numberClass) {
    public static PolicyFor firm() {
        return new PolicyFor(PolicyScope.FIRM, null, null, null, null, null);
    }

    public static PolicyFor site(UUID id) {
        return new PolicyFor(PolicyScope.SITE, id, null, null, null, null);
    }

    public static PolicyFor group(UUID id) {
        return new PolicyFor(PolicyScope.GROUP, null, id, null, null, null);
    }

    public static PolicyFor person(UUID id) {
        return new PolicyFor(PolicyScope.PERSON, null, null, id, null, null);
    }

    /** One telephone of a place. */
    public static PolicyFor extension(UUID siteId, String number) {
        return new PolicyFor(PolicyScope.EXTENSION, siteId, null, null, number, null);
    }

    public static PolicyFor numbers(NumberClass numberClass) {
        return new PolicyFor(PolicyScope.NUMBER_CLASS, null, null, null, null, numberClass);
    }
}
