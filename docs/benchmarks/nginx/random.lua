-- asks for tiles of order 6 at random: -- PREFIX EXTENSION FIRST COUNT [HEADER VALUE]
local requests = {}
local threads = 0

function setup(thread)
  thread:set("seed", threads)
  threads = threads + 1
end

function init(args)
  local headers = {}
  if args[5] then headers[args[5]] = args[6] end
  math.randomseed(seed * 7919 + 1)
  for i = 0, tonumber(args[4]) - 1 do
    local index = tonumber(args[3]) + i
    local dir = math.floor(index / 10000) * 10000
    requests[#requests + 1] =
      wrk.format("GET", args[1] .. "/Norder6/Dir" .. dir .. "/Npix" .. index .. "." .. args[2], headers)
  end
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency)
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
