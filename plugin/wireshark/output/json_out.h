/* json_out.h
 * -z omapush,json[,FILTER]: the push report as one JSON document on standard output.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_JSON_OUT_H
#define OMAPUSH_JSON_OUT_H

void omapush_register_json(void);

#endif
