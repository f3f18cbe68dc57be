// Pictures as files, for whoever has been found to be allowed to see them.
#pragma once

#include "server/http/api/routes.hpp"

#include <string>
#include <string_view>

namespace heliograph::http {

// The image whose file name this is, to the letter; not_found, in the same words as no_such_image. The first
// passes over what is in the trash.
Result<catalog::FiledImage> image_by_filename(catalog::Catalog& catalog, std::string_view filename);
Result<catalog::FiledImage> stored_by_filename(catalog::Catalog& catalog, std::string_view filename);
Error no_such_image(std::string_view filename);

// Its file as it is.
Response original_file(const Services& services, const catalog::FiledImage& filed, Cache cache);
// Its file without what the camera wrote besides the pixels (server/media/metadata.hpp). Its length is not
// known before; a file that is damaged on the way breaks off.
Task<Response> bare_original(Services& services, catalog::FiledImage filed);
// Its thumbnail, which is made if it is not there.
Task<Response> thumbnail_file(Services& services, catalog::FiledImage filed, Cache cache);

}  // namespace heliograph::http
