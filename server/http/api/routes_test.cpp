#include "server/http/api/routes.hpp"

#include "server/http/api/contract.hpp"
#include "server/http/api/handlers.hpp"
#include "server/http/response.hpp"
#include "server/http/text.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heliograph::http {
namespace {

// "get /api/v1/cameras: view" of every operation in the document. It is read line by line, because the test
// asks only for the keys of three levels that our own document indents by two, four and six.
std::set<std::string> documented_routes(std::istream& yaml) {
  constexpr std::string_view access_key = "      x-access: ";
  std::set<std::string> routes;
  std::string path;
  std::string operation;
  bool in_paths = false;
  for (std::string line; std::getline(yaml, line);) {
    if (!line.empty() && line[0] != ' ') in_paths = line == "paths:";
    if (!in_paths) continue;
    if (line.starts_with("  /")) path = line.substr(2, line.find(':') - 2);
    for (const char* method : {"get", "post", "put", "patch", "delete", "head", "options"}) {
      if (line == std::string("    ") + method + ":") operation = std::string(method) + " " + path;
    }
    if (line.starts_with(access_key)) routes.insert(operation + ": " + line.substr(access_key.size()));
  }
  return routes;
}

TEST(Routes, AreThoseOfTheDocumentAndForWhomItSays) {
  std::set<std::string> routes;
  for (const Admission& admission : admissions()) {
    std::string method(to_string(admission.method));
    std::ranges::transform(method, method.begin(), lower);
    routes.insert(method + ' ' + admission.pattern + ": " + std::string(to_string(admission.access)));
  }
  std::istringstream document{std::string(contract_yaml())};
  EXPECT_EQ(routes, documented_routes(document));
}

TEST(Routes, AreNoOthersThanThoseThatAreAdmittedTo) {
  // Nothing is called, so the services are never looked at.
  const std::string nobody;
  alignas(Services) std::byte nowhere[sizeof(Services)];
  const auto routes = make_routes(*reinterpret_cast<Services*>(nowhere));
  EXPECT_EQ(routes.size(), admissions().size() + dashboard_routes(nobody).size());
}

TEST(Routes, TheEmbeddedDocumentIsTheOneInTheTree) {
  std::ifstream file(HELIOGRAPH_CONTRACT_FILE, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_EQ(contract_yaml(), text.str());
}

TEST(Routes, ChangesGoOverTheWireAsTheDocumentSays) {
  catalog::Image image;
  image.id = ImageId{1};
  image.camera = CameraId{2};
  image.captured_at = from_ms(0);
  image.received_at = from_ms(5);
  image.width = 3;
  image.height = 4;
  image.size_bytes = 6;
  EXPECT_EQ(image_added(image).event, "image-added");
  EXPECT_EQ(
      image_added(image).json,
      R"({"id":"0000000000001","camera_id":"0000000000002","filename":"19700101T000000.000Z-0000000000001.jpg",)"
      R"("captured_at":0,"received_at":5,"width":3,"height":4,"size_bytes":6,"starred":false,"salvaged":false})");
  EXPECT_EQ(image_added(image).camera, CameraId{2});
  EXPECT_EQ(thumbnail_ready(ImageId{1}, CameraId{2}).camera, CameraId{2});
  EXPECT_EQ(images_removed().camera, std::nullopt);
  EXPECT_EQ(thumbnail_ready(ImageId{1}, CameraId{2}).json, R"({"id":"0000000000001"})");
  EXPECT_EQ(images_removed().event, "images-removed");
  EXPECT_EQ(images_removed().json, "null");
}

}  // namespace
}  // namespace heliograph::http
