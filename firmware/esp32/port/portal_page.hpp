// The one page of a board: where it is set up, and where it is looked at when it stands alone. One text,
// which needs nothing from anywhere: a phone that shows it has no internet.
#pragma once

#include <string_view>

namespace heliograph::firmware {

inline constexpr std::string_view portal_page = R"html(<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Heliograph camera</title>
<style>
body{font:16px system-ui,sans-serif;background:#14161a;color:#e8e8e8;max-width:40rem;margin:0 auto;padding:1rem}
h1{font-size:1.2rem}h2{font-size:1rem;margin-top:2rem}summary{margin-top:2rem;cursor:pointer}textarea{font:13px monospace}
input,select,button,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.6rem;margin:.2rem 0;border-radius:.4rem;
border:1px solid #555;background:#22252b;color:inherit}
button{background:#d9a441;color:#14161a;border:0}
#pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:.5rem}
#pictures img{width:100%;border-radius:.4rem}#pictures button{width:auto;padding:.2rem .5rem;background:#444;color:#e8e8e8}
#pictures a{color:#d9a441}
</style>
<h1>Heliograph camera</h1>
<p id="state" role="status">…</p>
<div id="alone" hidden><h2>Pictures on the card</h2><button id="take">Take a picture</button><div id="pictures"></div></div>
<h2>Wi-Fi</h2>
<form id="wifi"><label>Network <input name="wifi" list="found" maxlength="32" required></label><datalist id="found"></datalist>
<label>Password <input name="password" type="password" maxlength="64" autocomplete="off"></label><button>Connect</button></form>
<h2>Server</h2>
<form id="server"><label>Address <input name="server" placeholder="https://photos.example.org"></label>
<label>Camera key, if you have one <input name="key" autocomplete="off"></label>
<label>APN of the SIM card <input name="apn"></label><label>Its PIN <input name="pin" inputmode="numeric" maxlength="8"></label>
<button>Keep</button></form>
<details><summary>A certificate authority of your own</summary>
<form id="authority"><label>Its certificate (PEM); empty: the authorities that everybody trusts
<textarea name="pem" rows="6" spellcheck="false" placeholder="-----BEGIN CERTIFICATE-----"></textarea></label><button>Keep</button></form></details>
<script>
const get=id=>document.getElementById(id);
const say=text=>{get('state').textContent=text};
async function ask(path,options){const answer=await fetch(path,options);if(!answer.ok)throw new Error(await answer.text());return answer}
function send(path){return async event=>{event.preventDefault();
 try{say(await(await ask(path,{method:'POST',body:new URLSearchParams(new FormData(event.target))})).text())}
 catch(error){say(error.message)}}}
get('wifi').onsubmit=send('/wifi');get('server').onsubmit=send('/server');
get('authority').onsubmit=async event=>{event.preventDefault();
 try{say(await(await ask('/authority',{method:'POST',body:event.target.pem.value.trim()})).text())}catch(error){say(error.message)}};
async function list(){const box=get('pictures');box.replaceChildren();
 for(const name of (await(await ask('/pictures')).json()).pictures){
  const cell=document.createElement('div'),image=document.createElement('img'),link=document.createElement('a'),drop=document.createElement('button');
  image.src='/pictures/'+name;image.loading='lazy';image.alt=name;
  link.href=image.src;link.download=name;link.textContent='Save';
  drop.textContent='Delete';drop.onclick=async()=>{if(confirm('Delete '+name+'?')){await ask(image.src,{method:'DELETE'});list()}};
  cell.append(image,link,' ',drop);box.append(cell)}}
get('take').onclick=async()=>{try{say('…');await ask('/pictures',{method:'POST'});say('taken');list()}catch(error){say(error.message)}};
async function look(){const state=await(await ask('/state')).json();say(state.text);
 if(state.alone&&get('alone').hidden){get('alone').hidden=false;list()}}
look().catch(error=>say(error.message));setInterval(()=>look().catch(()=>{}),5000);
ask('/networks').then(a=>a.json()).then(found=>{for(const name of found.networks){const option=document.createElement('option');option.value=name;get('found').append(option)}}).catch(()=>{});
</script>
</html>
)html";

}  // namespace heliograph::firmware
