-- Asks the addresses of $PATHS in turn, and keeps each distinct body once; `done` writes the figures as one
-- line and the bodies to $BODIES. $THINK is the mean time in milliseconds between an answer and the next question.
local paths, think = {}, tonumber(os.getenv("THINK") or "0")
for path in string.gmatch(os.getenv("PATHS"), "%S+") do paths[#paths + 1] = path end
local headers = { Authorization = "Bearer " .. os.getenv("TOKEN") }
local threads = {}

function setup(thread) threads[#threads + 1] = thread end

function init()
  bodies, statuses, turn, requests = {}, {}, 0, {}
  for index, path in ipairs(paths) do requests[index] = wrk.format("GET", path, headers) end
  math.randomseed(os.time())
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

if think > 0 then
  function delay() return math.random(0, 2 * think) end
end

if os.getenv("BODIES") then
  function response(status, _, body)
    statuses[status] = (statuses[status] or 0) + 1
    if not bodies[body] then bodies[body] = true end
  end
end

function done(summary, latency)
  local count = 0
  for number, thread in ipairs(threads) do
    if os.getenv("BODIES") then
      for body in pairs(thread:get("bodies")) do
        count = count + 1
        local file = io.open(os.getenv("BODIES") .. "/" .. number .. "-" .. count, "wb")
        file:write(body)
        file:close()
      end
    end
  end
  local errors = summary.errors
  io.stderr:write(string.format(
    "FIGURES %d %d %d %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), latency.max, summary.bytes, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
