#pragma once

// Debian 12 has Catch2 v2, later releases v3; the tests see one name for both.
#if __has_include(<catch2/catch.hpp>)
#include <catch2/catch.hpp>
#else
#include <catch2/catch_all.hpp>
#endif
