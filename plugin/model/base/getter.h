/* getter.h
 * Accessors that hand out a field as it is: what it means stands where they are declared.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_GETTER_H
#define OM_GETTER_H

/** Defines `type om_THING_FIELD(const struct om_THING *)`. */
#define OM_GETTER(type, thing, field)                         \
    type om_##thing##_##field(const struct om_##thing *thing) \
    {                                                         \
        return thing->field;                                  \
    }

#endif
