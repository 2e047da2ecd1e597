/** One class for each kind of phone system: bytes to records to legs, or a reasoned rejection. */
package org.rebill.intake.format;
