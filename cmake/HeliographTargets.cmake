# The three shapes a target has here: a library, a test beside it, a fuzz target.
# The direction of includes is enforced by the link graph: a library sees only the headers of what it links.

add_library(heliograph_options INTERFACE)
add_library(heliograph::options ALIAS heliograph_options)
target_compile_options(heliograph_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Werror -fno-omit-frame-pointer)
# Leaving a member to its default is what designated initialisers are for.
target_compile_options(heliograph_options INTERFACE -Wno-missing-field-initializers)
if(HELIOGRAPH_SANITIZE)
  target_compile_options(heliograph_options INTERFACE -fsanitize=${HELIOGRAPH_SANITIZE} -fno-sanitize-recover=all -g)
  target_link_options(heliograph_options INTERFACE -fsanitize=${HELIOGRAPH_SANITIZE})
endif()

# heliograph_library(NAME SOURCES a.cpp … DEPENDS heliograph::base … LINK OpenSSL::Crypto … PRECOMPILE <boost/json.hpp> …)
# DEPENDS is what the headers need and users inherit; LINK is private to the sources. PRECOMPILE: headers of others that
# most of the sources include and that cost most of their compilation; they are parsed once. Without it: what stands in
# HELIOGRAPH_PRECOMPILED, if anything does.
function(heliograph_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LINK;PRECOMPILE" ${ARGN})
  if(ARG_SOURCES)
    add_library(heliograph_${name} STATIC ${ARG_SOURCES})
    if(ARG_PRECOMPILE)
      target_precompile_headers(heliograph_${name} PRIVATE ${ARG_PRECOMPILE})
    elseif(HELIOGRAPH_PRECOMPILED)
      target_precompile_headers(heliograph_${name} REUSE_FROM ${HELIOGRAPH_PRECOMPILED})
    endif()
    target_link_libraries(heliograph_${name} PUBLIC ${ARG_DEPENDS} PRIVATE heliograph::options ${ARG_LINK})
    target_include_directories(heliograph_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  else()
    add_library(heliograph_${name} INTERFACE)
    target_link_libraries(heliograph_${name} INTERFACE ${ARG_DEPENDS})
    target_include_directories(heliograph_${name} INTERFACE ${CMAKE_SOURCE_DIR})
  endif()
  add_library(heliograph::${name} ALIAS heliograph_${name})
endfunction()

# For what runs once and waits for others. Optimising it takes longer than it saves.
add_library(heliograph_unoptimised INTERFACE)
add_library(heliograph::unoptimised ALIAS heliograph_unoptimised)
target_compile_options(heliograph_unoptimised INTERFACE -O0)

# What every test includes, parsed once for all of them: it is half of what a small test costs to compile.
set(HELIOGRAPH_TEST_HEADERS <gmock/gmock.h> <gtest/gtest.h> <chrono> <filesystem> <fstream> <functional> <string> <thread> <vector>)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/test_headers.cpp CONTENT "")
add_library(heliograph_test_headers OBJECT ${CMAKE_BINARY_DIR}/test_headers.cpp)
target_link_libraries(heliograph_test_headers PRIVATE heliograph::options heliograph::unoptimised GTest::gmock_main)
target_precompile_headers(heliograph_test_headers PRIVATE ${HELIOGRAPH_TEST_HEADERS})

# heliograph_test(NAME SOURCES a_test.cpp … DEPENDS heliograph::NAME …): one program per module, one ctest entry.
#
# What stands in HELIOGRAPH_TEST_PRECOMPILED, if anything does, brings more headers than gtest's.
function(heliograph_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name}_test ${ARG_SOURCES})
  target_link_libraries(${name}_test
    PRIVATE ${ARG_DEPENDS} heliograph::options heliograph::unoptimised GTest::gmock_main)
  if(HELIOGRAPH_TEST_PRECOMPILED)
    target_precompile_headers(${name}_test REUSE_FROM ${HELIOGRAPH_TEST_PRECOMPILED})
  else()
    target_precompile_headers(${name}_test REUSE_FROM heliograph_test_headers)
  endif()
  set_target_properties(${name}_test PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 60)
  endif()
  add_test(NAME ${name} COMMAND ${name}_test --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT})
endfunction()

if(HELIOGRAPH_FUZZ)
  # The parsers, instrumented: each is compiled once, however many targets are made of it, and the rest of the tree is not
  # built with sanitizers for their sake. Assertions of libraries are findings too: a debug build dies of them.
  add_library(heliograph_fuzzed STATIC EXCLUDE_FROM_ALL)
  target_include_directories(heliograph_fuzzed PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(heliograph_fuzzed PRIVATE heliograph::options)
  target_compile_options(heliograph_fuzzed PUBLIC -fsanitize=fuzzer-no-link -UNDEBUG)
  add_custom_target(fuzzers)
endif()

# heliograph_fuzz(NAME SOURCES a.cpp a_fuzz.cpp … LINK …): its own source, x_fuzz.cpp, and the few that the parser is made
# of. script/test runs every program in build/fuzz/fuzz for a minute.
function(heliograph_fuzz name)
  if(NOT HELIOGRAPH_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  set(own ${ARG_SOURCES})
  list(FILTER own INCLUDE REGEX "_fuzz\\.cpp$")
  list(REMOVE_ITEM ARG_SOURCES ${own})
  add_executable(${name}_fuzz EXCLUDE_FROM_ALL ${own})
  target_link_libraries(${name}_fuzz PRIVATE heliograph_fuzzed heliograph::options ${ARG_LINK})
  # Not what only other parsers need: a program that starts for five seconds need not load it.
  target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer -Wl,--as-needed)
  set_target_properties(${name}_fuzz PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
  add_dependencies(fuzzers ${name}_fuzz)

  get_target_property(known heliograph_fuzzed SOURCES)
  foreach(source IN LISTS ARG_SOURCES)
    cmake_path(ABSOLUTE_PATH source NORMALIZE)
    if(NOT source IN_LIST known)
      target_sources(heliograph_fuzzed PRIVATE ${source})
    endif()
  endforeach()
  target_link_libraries(heliograph_fuzzed PRIVATE ${ARG_LINK})
endfunction()
