# SPDX-License-Identifier: GPL-2.0-or-later
"""Pairs for the rules on objects and bodies."""
import push
import sdp
from flow import Flow
from message_flow import MessageFlow
from rule_pair import bad, good

MISMATCH = {'result': 'mismatch', 'covers': None}
MMS = 'application/vnd.wap.mms-message'


def objects():
    data = push.mms_push_sized(600)
    content = data.partition(b'\r\n\r\n')[2]

    rule = 'OBJ-HASH'
    wrong = sdp.selector(data, 'pushid-1-1').replace(sdp.hash_value(data), sdp.hash_value(b'another file'))
    bad(rule, Flow([data], selectors=[wrong]), 'the hash of something else', object=MISMATCH)
    good(rule, Flow([data], selectors=[sdp.selector(content, 'pushid-1-1')]),
         'size and hash of the content in the envelope', object={'covers': 'content'})

    rule = 'OBJ-SIZE'
    wrong = sdp.selector(data, 'pushid-1-1').replace('size:600', 'size:601')
    bad(rule, Flow([data], selectors=[wrong]), '601 offered, 600 sent, the hash is right', object=MISMATCH,
        not_rules=['OBJ-HASH'])
    no_hash = f'name:"pushid-1-1" type:{sdp.PUSH_TYPE} size:{len(content)}'
    good(rule, Flow([data], selectors=[no_hash]), "the content's size, no hash", object={'result': 'any', 'covers': 'any'})

    rule = 'OBJ-TYPE'
    bad(rule, Flow([data], selectors=[sdp.selector(data, 'pushid-1-1', 'text/plain')]), 'text/plain offered')
    good(rule, Flow([data], selectors=[sdp.selector(data, 'pushid-1-1', 'Application/vnd.OMA.push')]),
         'the same type in capitals')

    rule = 'OBJ-EXTRA'
    two = [push.mms_push_sized(600, 1), push.mms_push_sized(500, 2)]
    flow = Flow(two, selectors=[sdp.selector(two[0], 'pushid-1-1')])
    bad(rule, flow, 'two objects, one selector',
        objects=[flow.expected_object(1), flow.expected_object(2, result='any', covers='any')])
    good(rule, Flow(two), 'two objects, two selectors')


def bodies():
    rule = 'BODY-SHAPE'
    bad(rule, MessageFlow(push.seeded(300, 77)), 'random bytes',
        object={'body_encoding': 'opaque'})
    good(rule, MessageFlow(push.NOTICE), 'bare XML', object={'body_encoding': 'xml'})

    rule = 'BODY-NO-TYPE'
    app = b'X-Wap-Application-Id: x-wap-application:mms.ua'
    notice = push.mms_notification()
    bad(rule, MessageFlow(app + b'\r\nX-Wap-Content-URI: http://push.domain.com/1\r\n\r\n' + notice), 'no Content-Type',
        object={'body_encoding': 'text', 'body_content_type': 'any'})
    good(rule, MessageFlow(app + f'\r\ncontent-type:{MMS}\r\n\r\n'.encode() + notice),
         'content-type in small letters, last, no blank behind the colon',
         object={'body_encoding': 'text', 'body_content_type': MMS})

    rule = 'CPIM-SYNTAX'
    inner = push.mms_push()
    broken = push.cpim(inner, headers=['From: <sip:psa@domain.com>', '', 'To: <sip:user@domain.com>',
                                       'DateTime: 2023-11-14T22:13:20Z'])
    bad(rule, MessageFlow(broken, 'message/cpim'), 'a blank line among the message headers',
        object={'body_encoding': 'any', 'size': 'any', 'sha1': 'any', 'total': 'any'}, may=['BODY-NO-TYPE'])
    good(rule, MessageFlow(push.cpim(inner), 'message/cpim'), 'CPIM around a push',
         object={'body_encoding': 'cpim', 'inner_encoding': 'text'})


def large():
    """The preference counts in MB and its least is 1; the content repeats so that the file packs well."""
    rule, options = 'OBJ-TOO-LARGE', ['-o', 'omapush.max_object:1']
    text = push.words(1024, 51)
    data = push.envelope('text/plain', text * 1025, 'mms.ua')
    bad(rule, Flow([data], chunk=len(data), end='*'), 'an object of more than 1 MB where 1 MB is held; ranges and'
        ' digests of bytes in order go on', options=options)
    data = push.envelope('text/plain', text * 100, 'mms.ua')
    good(rule, Flow([data], chunk=len(data), end='*'), 'an object of 100 KB where 1 MB is held', options=options)


def make():
    large()
    objects()
    bodies()
