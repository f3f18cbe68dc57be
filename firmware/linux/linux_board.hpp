// heliograph-cam as a board: what it says of itself, and what its pictures can be set to.
#pragma once

#include "firmware/core/platform/board.hpp"
#include "firmware/core/platform/log.hpp"
#include "firmware/linux/scene_source.hpp"

#include <string>

namespace heliograph::firmware {

class LinuxBoard final : public Board {
 public:
  // `scene`: whose pictures can be set; null: those of a folder or a webcam are as they are. Both outlive
  // this.
  // `takes_updates`: its program can be replaced.
  LinuxBoard(SceneSource* scene, const SceneOptions& usual, Log& log, bool takes_updates);

  BoardFacts facts() const override;
  Complaint apply(const ImageSettings& settings) override;
  void identify(std::int64_t seconds) override;

  // What the largest of its resolutions needs.
  static SceneOptions largest(const SceneOptions& usual);

 private:
  SceneSource* scene_;
  const SceneOptions usual_;
  Log& log_;
  std::string capabilities_;
};

}  // namespace heliograph::firmware
