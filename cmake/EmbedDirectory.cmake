# embed_directory(TARGET DIRECTORY SYMBOL [DEPENDS stamp-or-target …])
#
# Compiles the files below DIRECTORY into TARGET, where
#   namespace heliograph::http { std::span<const Asset> SYMBOL(); }
# then lists them (server/http/assets.hpp; declare it where you use it). They are read when TARGET is built, so DIRECTORY may be
# made by another target, named in DEPENDS. An empty DIRECTORY gives an empty list: a program without a dashboard.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

function(embed_directory target directory symbol)
  cmake_parse_arguments(ARG "" "" "DEPENDS" ${ARGN})
  set(generator ${CMAKE_SOURCE_DIR}/cmake/embed_directory.py)
  set(prefix ${CMAKE_CURRENT_BINARY_DIR}/${symbol})
  add_custom_command(
    OUTPUT ${prefix}.cpp ${prefix}.S ${prefix}.bin
    COMMAND Python3::Interpreter ${generator} "${directory}" ${symbol} ${prefix}
    DEPENDS ${generator} ${ARG_DEPENDS}
    DEPFILE ${prefix}.d
    COMMENT "Embedding ${directory}"
    VERBATIM)
  set_source_files_properties(${prefix}.S PROPERTIES OBJECT_DEPENDS ${prefix}.bin)
  target_sources(${target} PRIVATE ${prefix}.cpp ${prefix}.S)
endfunction()
