package dev.ashlar.operator.status;

import java.time.Instant;

/** What was observed at one moment; equal views say the same, whatever the clock says. */
sealed interface View permits Overview, SiteDetail {
    String render(Instant now, boolean person);
}
