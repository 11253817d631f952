#!/bin/sh
# Makes docs/images/chat.png: a conversation with the Gallery bot of the demo, with the inspector beside it.
set -eu
cd "$(dirname "$0")/.."

command -v chromedriver >/dev/null || {
    echo "no Chromium: apt-get install -y chromium chromium-driver fonts-noto-color-emoji" >&2
    exit 1
}
swift build --product quartet

folder=$(mktemp -d)
bin=$(swift build --show-bin-path)
"$bin/quartet" demo --port 0 --state "$folder/state" >"$folder/out" &
demo=$!
trap 'kill "$demo" 2>/dev/null || true; wait "$demo" 2>/dev/null || true; rm -rf "$folder"' EXIT

# Tries a command until it succeeds, for half a minute at most.
until_true() {
    for _ in $(seq 60); do
        if "$@" >/dev/null 2>&1; then return 0; fi
        sleep 0.5
    done
    echo "never true: $*" >&2
    return 1
}
until_true grep -q '^ready: ' "$folder/out"
url=$(sed -n 's/^ready: //p' "$folder/out")
bot=7001

act() { curl -fsS -H 'Content-Type: application/json' -d "$2" "$url/sim/$1" >/dev/null; }
# How many messages of a kind the conversation has.
has() { [ "$(curl -fsS "$url/sim/chats/$bot/messages?user=501" | grep -o "$1" | wc -l)" -ge "$2" ]; }

act start "{\"user\": 501, \"bot\": $bot}"
until_true has '"out":false' 1
act messages "{\"user\": 501, \"chat\": $bot, \"text\": \"/random\"}"
until_true has '"kind":"photo"' 1
last=$(curl -fsS "$url/sim/chats/$bot/messages?user=501&limit=1" | sed -n 's/.*"messages":\[{"id":\([0-9]*\).*/\1/p')
act react "{\"user\": 501, \"chat\": $bot, \"message\": $last, \"emoji\": \"🔥\"}"

chromedriver --port=0 >"$folder/driver" 2>&1 &
driver=$!
trap 'kill -9 "$driver" 2>/dev/null; kill "$demo" 2>/dev/null; wait 2>/dev/null; rm -rf "$folder"' EXIT
until_true grep -q 'successfully on port' "$folder/driver"
session="http://127.0.0.1:$(sed -n 's/.*successfully on port \([0-9]*\).*/\1/p' "$folder/driver")/session"
# Says something to the browser; the answer's value without quotes.
ask() { curl -fsS -H 'Content-Type: application/json' -d "$2" "$session$1" | sed 's/^{"value":"\{0,1\}//; s/"\{0,1\}}$//'; }
options='{"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1280,887"]}'
id=$(ask "" "{\"capabilities\": {\"alwaysMatch\": {\"goog:chromeOptions\": $options}}}" | sed 's/.*"sessionId":"\([^"]*\)".*/\1/')
ask "/$id/goog/cdp/execute" '{"cmd": "Emulation.setDeviceMetricsOverride",
    "params": {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": false}}' >/dev/null
ask "/$id/url" "{\"url\": \"$url/?user=501#chat=$bot&inspector\"}" >/dev/null
shown() {
    ask "/$id/execute/sync" '{"args": [], "script": "return Boolean(getComputedStyle(document.querySelector(\".visual img\")).opacity === \"1\" && document.querySelector(\".entry\") && document.querySelector(\".reaction\"))"}' | grep -q '^true'
}
until_true shown

mkdir -p docs/images
curl -fsS "$session/$id/screenshot" | sed 's/^{"value":"//; s/"}$//' >"$folder/base64"
base64 -d "$folder/base64" >docs/images/chat.png
curl -fsS -X DELETE "$session/$id" >/dev/null
echo "docs/images/chat.png: $(wc -c <docs/images/chat.png) bytes"
