-- wrk posts a message to one chat again and again. Argument: the chat's id.
function init(arguments)
   wrk.method = "POST"
   wrk.headers["Content-Type"] = "application/json"
   wrk.body = string.format('{"chat_id": %s, "text": "Is the café by the old bridge open tomorrow?"}', arguments[1])
end
