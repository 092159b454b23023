/* procedure.h
 * What part of OMA Push a SIP or MSRP message plays. A public part of the model (model/model.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef OM_PROCEDURE_H
#define OM_PROCEDURE_H

enum om_procedure {
    OM_PROC_NONE,
    OM_PROC_REGISTRATION,
    OM_PROC_THIRD_PARTY_REGISTRATION,
    OM_PROC_DEREGISTRATION,
    OM_PROC_MESSAGE, /**< Push by MESSAGE */
    OM_PROC_SESSION_OFFER,
    OM_PROC_SESSION_ANSWER,
    OM_PROC_SESSION_RELEASE,
    OM_PROC_MSRP,   /**< Push by MSRP */
    OM_PROC_REPORT, /**< Delivery report */
};

#endif
