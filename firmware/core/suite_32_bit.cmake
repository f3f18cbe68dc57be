# The core with its tests as a program of 32 bits with unsigned char, as on a board, under sanitizers. All that it needs is
# compiled here: distributions have GoogleTest's sources, and no library of it for this.
#
# It takes most of a minute, and is no part of `all`: script/test cpp builds it. Where the system has nothing for programs
# of 32 bits (script/bootstrap test) there is only the target's name.
include(CheckCXXSourceCompiles)
set(narrow_options -m32 -funsigned-char -idirafter /usr/include/${CMAKE_LIBRARY_ARCHITECTURE})  # for <asm/…>
set(narrow_sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all)
set(googletest /usr/src/googletest)

list(JOIN narrow_options " " CMAKE_REQUIRED_FLAGS)
set(CMAKE_REQUIRED_LINK_OPTIONS ${narrow_sanitizers})
check_cxx_source_compiles("#include <string>\nint main() { static_assert(sizeof(void*) == 4); return std::string().empty() ? 0 : 1; }"
    HELIOGRAPH_CAN_BUILD_32_BIT)
unset(CMAKE_REQUIRED_FLAGS)
unset(CMAKE_REQUIRED_LINK_OPTIONS)
if(NOT HELIOGRAPH_CAN_BUILD_32_BIT OR NOT EXISTS ${googletest})
  add_custom_target(firmware_core_32_bit_test)
  return()
endif()

add_library(heliograph_narrow INTERFACE)
target_include_directories(heliograph_narrow INTERFACE ${CMAKE_SOURCE_DIR})
target_include_directories(heliograph_narrow SYSTEM INTERFACE ${googletest}/googletest/include ${googletest}/googlemock/include)
target_compile_options(heliograph_narrow INTERFACE ${narrow_options} -O0 -gline-tables-only)
target_link_options(heliograph_narrow INTERFACE -m32 ${narrow_sanitizers})

add_library(heliograph_narrow_gtest OBJECT EXCLUDE_FROM_ALL ${googletest}/googletest/src/gtest-all.cc
    ${googletest}/googlemock/src/gmock-all.cc ${googletest}/googlemock/src/gmock_main.cc)
target_include_directories(heliograph_narrow_gtest PRIVATE ${googletest}/googletest ${googletest}/googlemock)
target_link_libraries(heliograph_narrow_gtest PRIVATE heliograph_narrow)

get_target_property(protocol_sources heliograph_protocol SOURCES)
list(TRANSFORM protocol_sources PREPEND ${CMAKE_SOURCE_DIR}/protocol/)
add_library(heliograph_narrow_core OBJECT EXCLUDE_FROM_ALL ${core_sources} ${protocol_sources})
target_compile_options(heliograph_narrow_core PRIVATE -fno-exceptions ${narrow_sanitizers})
set_target_properties(heliograph_narrow_core PROPERTIES CXX_STANDARD 17)
target_link_libraries(heliograph_narrow_core PRIVATE heliograph::options heliograph_narrow)

# What the core reads and writes beyond is found in the tests' buffers too; what is undefined is looked for in the core.
add_executable(firmware_core_32_bit_test EXCLUDE_FROM_ALL ${core_tests})
target_compile_options(firmware_core_32_bit_test PRIVATE -fsanitize=address)
target_precompile_headers(firmware_core_32_bit_test PRIVATE <gmock/gmock.h> <gtest/gtest.h> <functional> <string> <vector>)
target_link_libraries(firmware_core_32_bit_test
    PRIVATE heliograph::options heliograph_narrow heliograph_narrow_core heliograph_narrow_gtest)
set_target_properties(firmware_core_32_bit_test PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
add_test(NAME firmware_core_32_bit COMMAND firmware_core_32_bit_test --gtest_brief=1)
set_tests_properties(firmware_core_32_bit PROPERTIES TIMEOUT 120)
