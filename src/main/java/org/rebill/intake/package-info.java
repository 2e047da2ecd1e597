/** Takes in the phone system's bytes, keeps them unchanged, and accounts for every record in them. */
package org.rebill.intake;
