/* export.h
 * --export-objects omapush,DIR and File, Export Objects, OMA Push: one file per object.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OMAPUSH_EXPORT_H
#define OMAPUSH_EXPORT_H

/** @return the id of the export's own tap */
int omapush_register_export(int proto_omapush);

#endif
