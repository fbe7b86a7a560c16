/**
 * Comfort on the hosted page; the form works without it. Stores what is chosen and written so far, so that it counts
 * even if the shopper goes away, holds a form that is sent without a connection, and stops a double tap.
 *
 * Nothing is stored before a person did something on the page: programs that open every link of a mail, some of which
 * run scripts, would answer otherwise. What was tapped in the mail is only chosen until then. Once it is stored it
 * leaves the address, so that a later choice survives a reload; a page that was left open stores nothing it only found.
 */
export const SURVEY_SCRIPT = `(function(){var form=document.querySelector('form');if(!form)return;
var errors=document.getElementById('errors');if(errors)errors.scrollIntoView();
var note=document.getElementById('note'),human=false,busy=false,over=false,timer,wait=5000;
function given(){return new URLSearchParams(new FormData(form)).toString()}
var stored=location.search||errors?'':given();
function say(what){note.textContent=what?note.dataset[what]:''}
function soon(ms){clearTimeout(timer);if(!over)timer=setTimeout(step,ms)}
function step(leaving){var now=given();
if(!human||over||(busy&&leaving!==true)||now===stored||!form.querySelector('input:checked'))return;busy=true;
fetch(location.pathname,{method:'POST',headers:{Accept:'application/json','Content-Type':'application/x-www-form-urlencoded'},
body:now,keepalive:leaving===true}).then(function(answer){busy=false;
if(answer.ok){stored=now;wait=5000;say('saved');if(location.search)history.replaceState(null,'',location.pathname);soon(300)}
else if(answer.status>=500||answer.status===429){say();again()}
else if(answer.status===422){say();stored=now;soon(300)}
else{say();over=true}},function(){busy=false;if(!navigator.onLine)say('offline');again()})}
function again(){wait=Math.min(wait*2,120000);if(!document.hidden)soon(wait)}
function changed(event,ms){if(!event.isTrusted)return;human=true;say();soon(ms)}
form.addEventListener('change',function(event){changed(event,300)});
form.addEventListener('input',function(event){changed(event,1000)});
['pointerdown','keydown','wheel'].forEach(function(kind){addEventListener(kind,function(event){
if(event.isTrusted&&!human&&!document.hidden){human=true;soon(600)}},{passive:true})});
addEventListener('online',function(){say();soon(0)});
document.addEventListener('visibilitychange',function(){if(document.hidden)step(true);else soon(300)});
form.addEventListener('submit',function(event){var button=form.querySelector('button');
if(button.getAttribute('aria-disabled')){event.preventDefault();return}
button.setAttribute('aria-disabled','true');button.textContent=button.dataset.sending;clearTimeout(timer);over=true;
if(!navigator.onLine){event.preventDefault();say('offline');addEventListener('online',function(){form.submit()},{once:true})}});
window.addEventListener('pageshow',function(event){if(event.persisted)location.reload()})})()`;
