-- payments with ids of their own: a repeat would be answered from the log
local run, n = os.time(), 0
local head = "POST /v1/decide HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
request = function()
  n = n + 1
  local body = string.format('{"id":"%d-%d","card":"%d","terminal":"%d","amount":%.2f}',
    run, n, math.random(0, 4999), math.random(0, 9999), math.random() * 200)
  return head .. #body .. "\r\n\r\n" .. body
end
