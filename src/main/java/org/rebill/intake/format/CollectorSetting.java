package org.rebill.intake.format;

/**
 * A setting of the on-site collector's feed for a kind of phone system.
 *
 * @param name as the collector knows it, such as {@code way}
 * @param value usual value; empty where only the technician can know it
 * @param help for the technician; becomes a comment in the file
 */
public record CollectorSetting(String name, String value, String help) {}
