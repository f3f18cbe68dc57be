# cmake -DNM=nm -DLIBRARY=libheliograph_firmware_core.a -P no_heap.cmake
# Fails when the camera's core could allocate, throw or print: what it would call for that is undefined in its library.
execute_process(COMMAND ${NM} --undefined-only --demangle ${LIBRARY} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
foreach(banned "operator new" "malloc" "calloc" "__cxa_throw" "std::ostream" "printf")
  string(FIND "${symbols}" " ${banned}" found)
  if(NOT found EQUAL -1)
    message(FATAL_ERROR "the core must not need ${banned}; nm -C ${LIBRARY} shows where it does")
  endif()
endforeach()
