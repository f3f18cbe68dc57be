"""Figures are read as the tools print them, and what is too much is said."""

import pytest

import budgets

USAGE = """firmware/core/agent.cpp:86:6:bool heliograph::firmware::Agent::run()\t496\tstatic
firmware/core/text.hpp:19:3:T& f(std::string_view, int) [with T = x::y; std::string_view = z]\t32\tstatic
firmware/core/spool.cpp:10:1:void read_all(int)\t64\tdynamic
firmware/core/spool.cpp:20:1:void pad(int)\t80\tdynamic,bounded
"""
SECTIONS = """core.o  :
section                  size   addr
.text                       0      0
.text._ZN5Agent3runEv    1000      0
.literal._ZN5Agent3runEv  100      0
.rodata.str1.1             10      0
.data.rel.ro                4      0
.bss.count                  8      0
.comment                   77      0
.xt.prop                  999      0
Total                    2198
"""


def test_reads_frames():
    assert list(budgets.frames(USAGE)) == [
        ("firmware/core/agent.cpp:86", "bool heliograph::firmware::Agent::run()", 496, True),
        ("firmware/core/text.hpp:19", "T& f(std::string_view, int) [with T = x::y; std::string_view = z]", 32, True),
        ("firmware/core/spool.cpp:10", "void read_all(int)", 64, False),
        ("firmware/core/spool.cpp:20", "void pad(int)", 80, True),
    ]


def test_counts_what_stands_in_flash_and_what_in_memory():
    assert budgets.room(SECTIONS) == (1114, 12)


@pytest.mark.parametrize(("taken", "frame", "said"), [
    ({}, ("a.cpp:1", "f()", budgets.STACK_BUDGET, True), []),
    ({}, ("a.cpp:1", "f()", budgets.STACK_BUDGET + 1, True), ["a.cpp:1: f() takes 1,601 bytes of stack, of which there are 1,600"]),
    ({}, ("a.cpp:1", "f()", 16, False), ["a.cpp:1: f() takes stack without a bound"]),
    ({"static RAM": 32 * 1024}, None, []),
    ({"static RAM": 32 * 1024 + 1}, None, ["static RAM: 32,769 bytes, of which there are 32,768"]),
    ({"flash": 10**6}, None, [f"flash: 1,000,000 bytes, of which there are {budgets.BUDGETS['flash']:,}"]),
])
def test_says_what_is_too_much(taken, frame, said):
    taken = {"flash": 1, "static RAM": 1} | taken
    assert list(budgets.too_much(taken, [frame] if frame else [])) == said
