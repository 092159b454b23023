/* outcome.c
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "outcome.h"

static const struct {
    const char *name;
    guint rank; /* the worse, the greater */
    enum om_verdict verdict;
} deliveries[] = {
    [OM_DELIVERY_UNKNOWN] = {"unknown", 3, OM_UNKNOWN}, [OM_DELIVERY_CONFIRMED] = {"confirmed", 0, OM_PASS},
    [OM_DELIVERY_ACCEPTED] = {"accepted", 1, OM_PASS},  [OM_DELIVERY_UNCONFIRMED] = {"unconfirmed", 2, OM_WARNED},
    [OM_DELIVERY_REFUSED] = {"refused", 5, OM_FAIL},    [OM_DELIVERY_FAILED] = {"failed", 4, OM_FAIL},
};

const char *
om_delivery_name(enum om_delivery delivery)
{
    return deliveries[delivery].name;
}

const char *
om_verdict_name(enum om_verdict verdict)
{
    static const char *const names[] = {"pass", "warn", "unknown", "fail"};

    return names[verdict];
}

enum om_delivery
om_delivery_worse(enum om_delivery a, enum om_delivery b)
{
    return deliveries[a].rank >= deliveries[b].rank ? a : b;
}

enum om_verdict
om_delivery_verdict(enum om_delivery delivery)
{
    return deliveries[delivery].verdict;
}
