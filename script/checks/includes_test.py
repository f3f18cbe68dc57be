"""The table is only worth something if a wrong line is caught."""

import pytest

from includes import violations


def rule_broken_by(path, include):
    return list(violations(path, f"// a comment\n{include}\n"))


@pytest.mark.parametrize(("path", "include"), [
    ("server/store/disk.cpp", '#include "server/base/error.hpp"'),
    ("server/store/disk.cpp", "#include <vector>"),
    ("server/store/disk.cpp", "#include <sys/stat.h>"),
    ("server/store/disk_test.cpp", "#include <gtest/gtest.h>"),
    ("server/http/routes.cpp", '#include "server/ingest/ingest.hpp"'),
    ("server/catalog/sqlite.cpp", "#include <sqlite3.h>"),
    ("server/ingest/ingest_test.cpp", '#include "tests/support/jpeg_fixtures.hpp"'),
    ("firmware/core/spool.cpp", "#include <array>"),
    ("firmware/core/spool_test.cpp", "#include <filesystem>"),
    ("firmware/linux/main.cpp", '#include "firmware/core/planner.hpp"'),
])
def test_allowed(path, include):
    assert rule_broken_by(path, include) == []


@pytest.mark.parametrize(("path", "include"), [
    ("server/store/disk.cpp", '#include "server/catalog/catalog.hpp"'),        # a sibling
    ("server/ingest/ingest.cpp", '#include "server/cameras/keys.hpp"'),        # a sibling among the verbs
    ("server/base/id.cpp", '#include "server/http/http.hpp"'),                 # upwards
    ("server/http/server.cpp", '#include "server/app/config.hpp"'),            # nothing includes app
    ("server/ingest/ingest.cpp", '#include "tests/support/jpeg_fixtures.hpp"'),
    ("server/store/disk.cpp", '#include "disk.hpp"'),                          # not the path from the root
    ("server/store/disk.cpp", "#include <server/base/error.hpp>"),
    ("server/ingest/ingest.cpp", "#include <sqlite3.h>"),
    ("server/ingest/ingest.cpp", "  #  include <boost/asio.hpp>"),
    ("server/store/disk.cpp", "#include <gtest/gtest.h>"),
    ("server/store/disk.cpp", "#include <unheard/of.hpp>"),
    ("protocol/upload.hpp", '#include "server/base/error.hpp"'),
    ("firmware/core/spool.cpp", "#include <thread>"),
    ("firmware/core/spool.cpp", "#include <sys/stat.h>"),
    ("firmware/core/spool.cpp", '#include "firmware/linux/socket.hpp"'),
    ("firmware/core/spool_test.cpp", '#include "firmware/linux/socket.hpp"'),
    ("elsewhere/file.cpp", "#include <vector>"),
])
def test_refused_with_its_line(path, include):
    (said,) = rule_broken_by(path, include)
    assert said.startswith(f"{path}:2: ")
