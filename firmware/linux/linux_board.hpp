// heliograph-cam as a board: what it says of itself, and what its pictures can be set to.
#pragma once

#include "firmware/core/platform/board.hpp"
#include "firmware/core/platform/log.hpp"
#include "firmware/linux/scene_source.hpp"

#include <functional>
#include <string>
#include <vector>

namespace heliograph::firmware {

class LinuxBoard final : public Board {
 public:
  // `scene`: whose pictures can be set; null: those of a folder or a webcam are as they are. Both outlive
  // this.
  // `takes_updates`: its program can be replaced.
  LinuxBoard(SceneSource* scene, const SceneOptions& usual, Log& log, bool takes_updates);

  // What shows the camera live, if anything does. Before anything is set; what is given outlives this.
  // `scene`: drawn for it, and set as the camera's own; null: there is none.
  void shows_live(SceneSource* scene, std::function<void(const LiveLimits&)> limit);

  BoardFacts facts() const override;
  void measure(protocol::Telemetry& telemetry) const override;
  Complaint apply(const ImageSettings& settings) override;
  void limit_live(const LiveLimits& limits) override;
  void identify(std::int64_t seconds) override;

  // What the largest of its resolutions needs.
  static SceneOptions largest(const SceneOptions& usual);

 private:
  Complaint form_of(const ImageSettings& settings, SceneForm& form) const;

  std::vector<SceneSource*> scenes_;
  const SceneOptions usual_;
  Log& log_;
  std::string capabilities_;
  std::function<void(const LiveLimits&)> limit_live_;
};

}  // namespace heliograph::firmware
